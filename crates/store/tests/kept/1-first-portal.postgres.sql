SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;
SET default_tablespace = '';
SET default_table_access_method = heap;
CREATE TABLE public._sqlx_migrations (
    version bigint NOT NULL,
    description text NOT NULL,
    installed_on timestamp with time zone DEFAULT now() NOT NULL,
    success boolean NOT NULL,
    checksum bytea NOT NULL,
    execution_time bigint NOT NULL
);
CREATE TABLE public.certificate_binding (
    serial text NOT NULL,
    folder_id bytea NOT NULL,
    bound_at bigint NOT NULL,
    unbound_at bigint
);
CREATE TABLE public.challenge (
    nonce bytea NOT NULL,
    purpose text NOT NULL,
    origin text NOT NULL,
    document text NOT NULL,
    browser_hash bytea NOT NULL,
    registration_id bytea,
    removal_token bytea NOT NULL,
    shared_device_at bigint,
    return_to text,
    started_at bigint NOT NULL,
    expires_at bigint NOT NULL,
    answered_at bigint,
    outcome text,
    serial text,
    ticket_hash bytea,
    ticket_expires_at bigint,
    redeemed_at bigint,
    CONSTRAINT challenge_purpose_check CHECK ((purpose = ANY (ARRAY['login'::text, 'bind'::text, 'register'::text, 'sign'::text])))
);
CREATE TABLE public.folder (
    id bytea NOT NULL,
    link_code bytea NOT NULL,
    key_index bigint NOT NULL,
    state text NOT NULL,
    opened_at bigint NOT NULL,
    CONSTRAINT folder_state_check CHECK ((state = ANY (ARRAY['open'::text, 'suspended'::text, 'closed'::text, 'retained'::text])))
);
CREATE TABLE public.login_event (
    id bytea NOT NULL,
    folder_id bytea NOT NULL,
    at bigint NOT NULL,
    outcome text NOT NULL
);
CREATE TABLE public.registration (
    id bytea NOT NULL,
    browser_hash bytea NOT NULL,
    state text NOT NULL,
    match_number_hash bytea,
    link_code bytea,
    key_index bigint,
    signature_serial text,
    started_at bigint NOT NULL,
    expires_at bigint NOT NULL,
    CONSTRAINT registration_state_check CHECK ((state = ANY (ARRAY['started'::text, 'matched'::text, 'linked'::text, 'bound'::text, 'given_up'::text])))
);
CREATE TABLE public.session (
    id_hash bytea NOT NULL,
    data text NOT NULL,
    folder_id bytea,
    removal_token_hash bytea,
    created_at bigint NOT NULL,
    last_seen_at bigint NOT NULL,
    idle_ends_at bigint NOT NULL,
    ends_at bigint NOT NULL
);
INSERT INTO public._sqlx_migrations VALUES (1, 'first', '2026-11-21 12:29:16.188057+00', true, '\x3507edda0abc8ceda2d06bd831957bc7562a68682f5c09a6aac38e2055d2b78d4ba6b8b52d9034b6c4f4de52628c09b3', 16658984);
INSERT INTO public.certificate_binding VALUES ('02aa', '\x02020202020202020202020202020202', 1793682302000000, NULL);
INSERT INTO public.certificate_binding VALUES ('01aa', '\x01010101010101010101010101010101', 1793682301000000, 1793682305000000);
INSERT INTO public.certificate_binding VALUES ('01bb', '\x01010101010101010101010101010101', 1793682305000000, NULL);
INSERT INTO public.challenge VALUES ('\x0606060606060606060606060606060606060606060606060606060606060606', 'register', 'http://localhost:8080', '利用者フォルダの開設申請', '\x0404040404040404040404040404040404040404040404040404040404040404', '\x03030303030303030303030303030303', '\x0707070707070707070707070707070707070707070707070707070707070707', 1793682300000000, '/records', 1793682300000000, 1793682600000000, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.folder VALUES ('\x01010101010101010101010101010101', '\x0101010101010101010101010101010101010101010101010101010101010101', 1, 'open', 1793682300000000);
INSERT INTO public.folder VALUES ('\x02020202020202020202020202020202', '\x0202020202020202020202020202020202020202020202020202020202020202', 2, 'suspended', 1793682300000000);
INSERT INTO public.login_event VALUES ('\x01010101010101010101010101010101', '\x01010101010101010101010101010101', 1793682310000000, 'succeeded');
INSERT INTO public.login_event VALUES ('\x02020202020202020202020202020202', '\x01010101010101010101010101010101', 1793682320000000, 'revoked');
INSERT INTO public.registration VALUES ('\x03030303030303030303030303030303', '\x0404040404040404040404040404040404040404040404040404040404040404', 'matched', '\x0505050505050505050505050505050505050505050505050505050505050505', NULL, NULL, '0cc', 1793682300000000, 1793684100000000);
INSERT INTO public.session VALUES ('\x0808080808080808080808080808080808080808080808080808080808080808', '{}', '\x01010101010101010101010101010101', NULL, 1793682300000000, 1793682300000000, 1793683200000000, 1793725500000000);
ALTER TABLE ONLY public._sqlx_migrations
    ADD CONSTRAINT _sqlx_migrations_pkey PRIMARY KEY (version);
ALTER TABLE ONLY public.certificate_binding
    ADD CONSTRAINT certificate_binding_pkey PRIMARY KEY (serial, bound_at);
ALTER TABLE ONLY public.challenge
    ADD CONSTRAINT challenge_pkey PRIMARY KEY (nonce);
ALTER TABLE ONLY public.challenge
    ADD CONSTRAINT challenge_ticket_hash_key UNIQUE (ticket_hash);
ALTER TABLE ONLY public.folder
    ADD CONSTRAINT folder_link_code_key UNIQUE (link_code);
ALTER TABLE ONLY public.folder
    ADD CONSTRAINT folder_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.login_event
    ADD CONSTRAINT login_event_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.registration
    ADD CONSTRAINT registration_match_number_hash_key UNIQUE (match_number_hash);
ALTER TABLE ONLY public.registration
    ADD CONSTRAINT registration_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.session
    ADD CONSTRAINT session_pkey PRIMARY KEY (id_hash);
CREATE UNIQUE INDEX certificate_binding_in_force ON public.certificate_binding USING btree (serial) WHERE (unbound_at IS NULL);
CREATE INDEX certificate_binding_of_folder ON public.certificate_binding USING btree (folder_id);
CREATE INDEX challenge_by_expiry ON public.challenge USING btree (expires_at);
CREATE INDEX challenge_of_browser ON public.challenge USING btree (browser_hash, started_at);
CREATE INDEX login_event_of_folder ON public.login_event USING btree (folder_id, at);
CREATE INDEX registration_by_expiry ON public.registration USING btree (expires_at);
CREATE INDEX registration_of_browser ON public.registration USING btree (browser_hash, started_at);
CREATE INDEX session_by_end ON public.session USING btree (ends_at);
CREATE INDEX session_by_removal ON public.session USING btree (removal_token_hash);
ALTER TABLE ONLY public.certificate_binding
    ADD CONSTRAINT certificate_binding_folder_id_fkey FOREIGN KEY (folder_id) REFERENCES public.folder(id);
ALTER TABLE ONLY public.login_event
    ADD CONSTRAINT login_event_folder_id_fkey FOREIGN KEY (folder_id) REFERENCES public.folder(id);
