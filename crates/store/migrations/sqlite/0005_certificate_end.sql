-- The end of the certificate's validity, noted at a login with it (P-RNW-5); none: no login since this column is there.
ALTER TABLE certificate_binding ADD COLUMN not_after INTEGER;
