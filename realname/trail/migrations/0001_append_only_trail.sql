-- Events. Who may do what is in realname/trail/grants.py; why each thing is as it is, in docs/trail.md.
CREATE TABLE trail_event (
    id bigint GENERATED ALWAYS AS IDENTITY,
    txid bigint NOT NULL DEFAULT (pg_current_xact_id()::text::bigint),
    at timestamptz NOT NULL DEFAULT clock_timestamp(),
    uid uuid NOT NULL,
    name text NOT NULL,
    actor_kind text NOT NULL,
    actor_id text NOT NULL,
    actor_name text NOT NULL,
    actor_role text NOT NULL,
    device text NOT NULL,
    ip text NOT NULL,
    subject_kind text NOT NULL,
    subject_id text NOT NULL,
    related_kind text NOT NULL,
    related_id text NOT NULL,
    person_id uuid,
    reason text NOT NULL,
    purpose text NOT NULL,
    data jsonb NOT NULL,
    before bytea,
    after bytea,
    correlation_id text NOT NULL,
    PRIMARY KEY (id, at)
) PARTITION BY RANGE (at);

CREATE INDEX trail_event_order ON trail_event (txid, id);
CREATE INDEX trail_event_subject ON trail_event (subject_kind, subject_id, at);
CREATE INDEX trail_event_related ON trail_event (related_kind, related_id, at) WHERE related_kind <> '';
CREATE INDEX trail_event_person ON trail_event (person_id, at) WHERE person_id IS NOT NULL;
CREATE INDEX trail_event_name ON trail_event (name, at);

CREATE TABLE trail_seal (
    number bigint PRIMARY KEY CHECK (number > 0),
    form smallint NOT NULL,
    lower_txid bigint NOT NULL,
    lower_id bigint NOT NULL,
    upper_txid bigint NOT NULL,
    upper_id bigint NOT NULL,
    count integer NOT NULL CHECK (count > 0),
    root bytea NOT NULL,
    previous_hash bytea NOT NULL,
    hash bytea NOT NULL,
    signature bytea NOT NULL,
    key_id text NOT NULL,
    sealed_at timestamptz NOT NULL,
    marks bytea NOT NULL
);

-- Append-only: a trigger, so that it holds for the owner of the table too.
CREATE FUNCTION trail_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'The trail is append-only: % on % is refused.', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege', HINT = 'Record a new event instead.';
END $$;

CREATE TRIGGER trail_append_only BEFORE UPDATE OR DELETE ON trail_event
    FOR EACH ROW EXECUTE FUNCTION trail_refuse();
CREATE TRIGGER trail_no_truncate BEFORE TRUNCATE ON trail_event
    FOR EACH STATEMENT EXECUTE FUNCTION trail_refuse();
CREATE TRIGGER trail_append_only BEFORE UPDATE OR DELETE ON trail_seal
    FOR EACH ROW EXECUTE FUNCTION trail_refuse();
CREATE TRIGGER trail_no_truncate BEFORE TRUNCATE ON trail_seal
    FOR EACH STATEMENT EXECUTE FUNCTION trail_refuse();

-- Whatever no month takes lands here, so that no insert ever fails for want of a partition.
CREATE TABLE trail_event_other PARTITION OF trail_event DEFAULT;
CREATE TRIGGER trail_no_truncate BEFORE TRUNCATE ON trail_event_other
    FOR EACH STATEMENT EXECUTE FUNCTION trail_refuse();

-- Makes this month's partition and those of the next months; gives back how many were new. It runs with its owner's
-- rights, so that the program, which owns no table, can call it. ATTACH, unlike CREATE … PARTITION OF, lets writers go on.
CREATE FUNCTION trail_ensure_partitions(months_ahead integer) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER AS $$
DECLARE
    this_month timestamp := date_trunc('month', now() AT TIME ZONE 'UTC');
    lower_bound timestamptz;
    upper_bound timestamptz;
    partition text;
    made integer := 0;
BEGIN
    PERFORM set_config('lock_timeout', '3s', true);
    PERFORM pg_advisory_xact_lock(718204);
    FOR offset_months IN 0..least(greatest(months_ahead, 0), 24) LOOP
        lower_bound := (this_month + make_interval(months => offset_months)) AT TIME ZONE 'UTC';
        upper_bound := (this_month + make_interval(months => offset_months + 1)) AT TIME ZONE 'UTC';
        partition := 'trail_event_' || to_char(lower_bound AT TIME ZONE 'UTC', 'YYYY_MM');
        CONTINUE WHEN to_regclass(partition) IS NOT NULL;
        -- rows that already lie in the catch-all can't be moved (append-only): that month stays there
        CONTINUE WHEN EXISTS (SELECT 1 FROM trail_event_other WHERE at >= lower_bound AND at < upper_bound);
        EXECUTE format('CREATE TABLE %I (LIKE trail_event INCLUDING DEFAULTS INCLUDING STORAGE)', partition);
        EXECUTE format('ALTER TABLE trail_event ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)',
            partition, lower_bound, upper_bound);
        EXECUTE format('CREATE TRIGGER trail_no_truncate BEFORE TRUNCATE ON %I FOR EACH STATEMENT '
            'EXECUTE FUNCTION trail_refuse()', partition);
        made := made + 1;
    END LOOP;
    RETURN made;
END $$;

-- A function with its owner's rights must not look for names where a caller could plant them.
DO $$ BEGIN
    EXECUTE format('ALTER FUNCTION trail_ensure_partitions(integer) SET search_path = %I, pg_temp', current_schema());
END $$;
REVOKE ALL ON FUNCTION trail_ensure_partitions(integer) FROM PUBLIC;

SELECT trail_ensure_partitions(3);
