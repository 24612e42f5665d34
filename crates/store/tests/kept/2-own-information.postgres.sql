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
    unbound_at bigint,
    not_after bigint
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
    state_since bigint,
    CONSTRAINT folder_state_check CHECK ((state = ANY (ARRAY['open'::text, 'suspended'::text, 'closed'::text, 'retained'::text])))
);
CREATE TABLE public.gathering (
    session_hash bytea NOT NULL,
    salt bytea NOT NULL,
    started_at bigint NOT NULL
);
CREATE TABLE public.held (
    session_hash bytea NOT NULL,
    place bigint NOT NULL,
    class text NOT NULL,
    sealed bytea NOT NULL,
    commitment bytea,
    written_at bigint NOT NULL,
    CONSTRAINT held_class_check CHECK ((class = ANY (ARRAY['question'::text, 'answer'::text, 'export'::text])))
);
CREATE TABLE public.log_entry (
    log_index bigint NOT NULL,
    entry bytea NOT NULL
);
CREATE TABLE public.log_head (
    id bigint NOT NULL,
    size bigint NOT NULL,
    checkpoint text NOT NULL,
    CONSTRAINT log_head_id_check CHECK ((id = 1))
);
CREATE TABLE public.log_retired (
    key_text text NOT NULL,
    origin text NOT NULL,
    size bigint NOT NULL,
    checkpoint text,
    at bigint NOT NULL
);
CREATE TABLE public.log_tile (
    level bigint NOT NULL,
    place bigint NOT NULL,
    hashes bytea NOT NULL
);
CREATE TABLE public.login_event (
    id bytea NOT NULL,
    folder_id bytea NOT NULL,
    at bigint NOT NULL,
    outcome text NOT NULL
);
CREATE TABLE public.purge_receipt (
    id bytea NOT NULL,
    log_index bigint NOT NULL,
    session_hash bytea,
    at bigint NOT NULL
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
INSERT INTO public._sqlx_migrations VALUES (1, 'first', '2026-11-21 18:36:31.839247+00', true, '\x3507edda0abc8ceda2d06bd831957bc7562a68682f5c09a6aac38e2055d2b78d4ba6b8b52d9034b6c4f4de52628c09b3', 37392011);
INSERT INTO public._sqlx_migrations VALUES (2, 'own information', '2026-11-21 18:36:31.879258+00', true, '\x58e558cac26816dd97d1ca6a62b1a2d7e07c0db97858d81d543cdcb031941fb9caa90f17e1f392892e8baedc9d62fd72', 15069324);
INSERT INTO public._sqlx_migrations VALUES (3, 'log', '2026-11-21 18:36:31.895382+00', true, '\xf0c5097f85bca6c72ff62bdf4508fbe67bd3784f57fcc6e6c8dd6313fcc249b43b391c3a7d852b4ec9b371acf79b5104', 46078951);
INSERT INTO public._sqlx_migrations VALUES (4, 'folder life', '2026-11-21 18:36:31.939877+00', true, '\xcaefea711e6916c93824c2bdc1c29c41d3c71c97e4da14d1d9149f02036d994c74baf3b23e551e4f86695415d6c90786', 1095663);
INSERT INTO public._sqlx_migrations VALUES (5, 'certificate end', '2026-11-21 18:36:31.941096+00', true, '\xe216a902942facc656775007a2ce32a4b632653e09ba2788b167df0eb40274f0c09a87b013a8fb23a2120229a6be75e9', 2127632);
INSERT INTO public._sqlx_migrations VALUES (6, 'log retired', '2026-11-21 18:36:31.943464+00', true, '\xaeb6d1e24b350eb7c511097e8616d09d68f20eba990b052183dc4e83434843e66fa10ec2a22a07331429b58bd4a89899', 1389301);
INSERT INTO public.certificate_binding VALUES ('02aa', '\x02020202020202020202020202020202', 1793682302000000, NULL, NULL);
INSERT INTO public.certificate_binding VALUES ('01aa', '\x01010101010101010101010101010101', 1793682301000000, 1793682305000000, NULL);
INSERT INTO public.certificate_binding VALUES ('01bb', '\x01010101010101010101010101010101', 1793682305000000, NULL, 1793772300000000);
INSERT INTO public.challenge VALUES ('\x0606060606060606060606060606060606060606060606060606060606060606', 'register', 'http://localhost:8080', '利用者フォルダの開設申請', '\x0404040404040404040404040404040404040404040404040404040404040404', '\x03030303030303030303030303030303', '\x0707070707070707070707070707070707070707070707070707070707070707', 1793682300000000, '/records', 1793682300000000, 1793682600000000, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.folder VALUES ('\x01010101010101010101010101010101', '\x0101010101010101010101010101010101010101010101010101010101010101', 1, 'open', 1793682300000000, NULL);
INSERT INTO public.folder VALUES ('\x02020202020202020202020202020202', '\x0202020202020202020202020202020202020202020202020202020202020202', 2, 'suspended', 1793682300000000, 1793682306000000);
INSERT INTO public.folder VALUES ('\x09090909090909090909090909090909', '\x0909090909090909090909090909090909090909090909090909090909090909', 9, 'retained', 1793682300000000, 1793682330000000);
INSERT INTO public.gathering VALUES ('\x0808080808080808080808080808080808080808080808080808080808080808', '\x0909090909090909090909090909090909090909090909090909090909090909', 1793682340000000);
INSERT INTO public.held VALUES ('\x0808080808080808080808080808080808080808080808080808080808080808', 0, 'question', '\x010203', NULL, 1793682341000000);
INSERT INTO public.held VALUES ('\x0808080808080808080808080808080808080808080808080808080808080808', 1, 'answer', '\x010203', '\x0707070707070707070707070707070707070707070707070707070707070707', 1793682341000000);
INSERT INTO public.log_entry VALUES (0, '\x656e747279');
INSERT INTO public.log_head VALUES (1, 1, 'head of one');
INSERT INTO public.log_retired VALUES ('localhost/old+1+key', 'localhost/old', 4, NULL, 1793682360000000);
INSERT INTO public.log_tile VALUES (0, 0, '\x0707070707070707070707070707070707070707070707070707070707070707');
INSERT INTO public.login_event VALUES ('\x01010101010101010101010101010101', '\x01010101010101010101010101010101', 1793682310000000, 'succeeded');
INSERT INTO public.login_event VALUES ('\x02020202020202020202020202020202', '\x01010101010101010101010101010101', 1793682320000000, 'revoked');
INSERT INTO public.purge_receipt VALUES ('\x12121212121212121212121212121212', 0, '\x1111111111111111111111111111111111111111111111111111111111111111', 1793682350000000);
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
ALTER TABLE ONLY public.gathering
    ADD CONSTRAINT gathering_pkey PRIMARY KEY (session_hash);
ALTER TABLE ONLY public.held
    ADD CONSTRAINT held_pkey PRIMARY KEY (session_hash, place);
ALTER TABLE ONLY public.log_entry
    ADD CONSTRAINT log_entry_pkey PRIMARY KEY (log_index);
ALTER TABLE ONLY public.log_head
    ADD CONSTRAINT log_head_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.log_retired
    ADD CONSTRAINT log_retired_pkey PRIMARY KEY (key_text);
ALTER TABLE ONLY public.log_tile
    ADD CONSTRAINT log_tile_pkey PRIMARY KEY (level, place);
ALTER TABLE ONLY public.login_event
    ADD CONSTRAINT login_event_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.purge_receipt
    ADD CONSTRAINT purge_receipt_log_index_key UNIQUE (log_index);
ALTER TABLE ONLY public.purge_receipt
    ADD CONSTRAINT purge_receipt_pkey PRIMARY KEY (id);
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
CREATE INDEX folder_retained ON public.folder USING btree (state_since) WHERE (state = 'retained'::text);
CREATE INDEX login_event_of_folder ON public.login_event USING btree (folder_id, at);
CREATE INDEX purge_receipt_of_session ON public.purge_receipt USING btree (session_hash) WHERE (session_hash IS NOT NULL);
CREATE INDEX registration_by_expiry ON public.registration USING btree (expires_at);
CREATE INDEX registration_of_browser ON public.registration USING btree (browser_hash, started_at);
CREATE INDEX session_by_end ON public.session USING btree (ends_at);
CREATE INDEX session_by_removal ON public.session USING btree (removal_token_hash);
ALTER TABLE ONLY public.certificate_binding
    ADD CONSTRAINT certificate_binding_folder_id_fkey FOREIGN KEY (folder_id) REFERENCES public.folder(id);
ALTER TABLE ONLY public.held
    ADD CONSTRAINT held_session_hash_fkey FOREIGN KEY (session_hash) REFERENCES public.gathering(session_hash);
ALTER TABLE ONLY public.login_event
    ADD CONSTRAINT login_event_folder_id_fkey FOREIGN KEY (folder_id) REFERENCES public.folder(id);
