-- Two commands for the operator, after user_profile.sql. Both commit after each batch and are safe to repeat and to
-- break off: each call of Sluice has a version of its own, and a row's content at that version is the row's.

-- Tells Sluice of every row of the table:
--   CALL replay_user_profile(500);
-- Of a part of it, to go on after a break or to run several side by side:
--   CALL replay_user_profile(500, after => 'm', up_to => 'p');
-- Rows that are changed meanwhile are told with what they then hold. Rows deleted while Sluice was not listening are
-- not in the table and so not told of.
CREATE PROCEDURE replay_user_profile(batch_size integer, after text DEFAULT '', up_to text DEFAULT NULL)
    LANGUAGE plpgsql
AS $$
DECLARE
    batch_end text;
    changed   user_profile;
BEGIN
    IF batch_size NOT BETWEEN 1 AND 10000 THEN
        RAISE EXCEPTION 'batch_size must be 1 to 10000';
    END IF;
    LOOP
        SELECT max(batch.user_id) INTO batch_end FROM (
            SELECT user_id FROM user_profile
            WHERE user_id > after AND (up_to IS NULL OR user_id <= up_to)
            ORDER BY user_id LIMIT batch_size) AS batch;
        EXIT WHEN batch_end IS NULL;
        -- Locked: a version must not be drawn between another transaction's version and its commit.
        FOR changed IN
            SELECT * FROM user_profile WHERE user_id > after AND user_id <= batch_end ORDER BY user_id FOR SHARE
        LOOP
            PERFORM tell_sluice('update', changed);
        END LOOP;
        COMMIT;
        after := batch_end;
    END LOOP;
END
$$;

-- Tells Sluice of the people noted in user_profile_untold, deleted ones too; to be run every minute (pg_cron):
--   CALL tell_sluice_again(500);
-- Who still cannot be told of stays noted. What remains: a person whose row is inserted in the very moment in which
-- this tells of its deletion counts as deleted until the row changes again or the table is replayed.
CREATE PROCEDURE tell_sluice_again(batch_size integer)
    LANGUAGE plpgsql
AS $$
DECLARE
    -- Those noted again by this very command wait for the next one.
    begun   CONSTANT timestamptz := clock_timestamp();
    noted   text[];
    untold  text;
    changed user_profile;
BEGIN
    IF batch_size NOT BETWEEN 1 AND 10000 THEN
        RAISE EXCEPTION 'batch_size must be 1 to 10000';
    END IF;
    LOOP
        noted := ARRAY(SELECT user_id FROM user_profile_untold WHERE since < begun ORDER BY since LIMIT batch_size);
        EXIT WHEN cardinality(noted) = 0;
        FOREACH untold IN ARRAY noted LOOP
            -- The row first, as the triggers do: the other order could deadlock with them.
            SELECT * INTO changed FROM user_profile WHERE user_id = untold FOR SHARE;
            DELETE FROM user_profile_untold WHERE user_id = untold;
            IF changed.user_id IS NOT NULL THEN
                PERFORM tell_sluice('update', changed);
            ELSE
                changed.user_id := untold;
                PERFORM tell_sluice('delete', changed);
            END IF;
        END LOOP;
        COMMIT;
    END LOOP;
END
$$;

REVOKE ALL ON PROCEDURE replay_user_profile(integer, text, text), tell_sluice_again(integer) FROM PUBLIC;
