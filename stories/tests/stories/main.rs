//! Whole stories, one file a theme.

#![expect(clippy::panic, clippy::unwrap_used, reason = "tests, helpers included")]

mod access;
mod alerts;
mod alerts_push;
mod backup;
mod cards;
mod databases;
mod false_answers;
mod first_day;
mod folder_life;
mod folder_own;
mod gathering_troubles;
mod inbox;
mod inbox_first;
mod inbox_live;
mod inbox_sessions;
mod kept;
mod kept_kills;
mod kept_pages;
mod kills;
mod limits;
mod log;
mod notice_paper;
mod notices;
mod notices_api;
mod notices_gone;
mod notices_kills;
mod notices_renewals;
mod notices_returns;
mod notices_withdrawals;
mod outages;
mod own_information;
mod privacy;
mod registration;
mod renewal;
mod reports;
mod sessions;
mod several_portals;
mod take_home;
mod telling;
mod unproven;
mod words;
