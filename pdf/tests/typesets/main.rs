//! The program as its caller sees it: a job in, a PDF or one line of failure out. `pdfinfo`, `pdftotext` and
//! `pdffonts`, which share nothing with it, say what the PDF is.

#[cfg(test)]
mod failures;
#[cfg(test)]
mod notices;
#[cfg(test)]
mod pages;
#[cfg(test)]
mod program;
#[cfg(test)]
mod standards;
