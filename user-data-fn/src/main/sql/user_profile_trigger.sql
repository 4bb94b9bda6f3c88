-- The application's table of people, and the trigger by which Aurora PostgreSQL tells Sluice of every row that changes.
--
-- Needs the extension aws_lambda, a role of the cluster that may invoke the function, and these two settings:
--   ALTER DATABASE app SET sluice.account = 'demo';
--   ALTER DATABASE app SET sluice.user_data_function = 'arn:aws:lambda:eu-west-1:000000000000:function:sluice-user-data';
--
-- Not tested yet: the test against a real PostgreSQL, with a stand-in for aws_lambda.invoke, comes with the state issue.

CREATE TABLE user_profile (
    user_id    text PRIMARY KEY CHECK (length(user_id) BETWEEN 1 AND 256),
    device_id  text,
    device_os  text,
    birth_date date,
    gender     text,
    country    text
);

-- Sluice keeps, per person, the row with the highest version. The version is drawn from a sequence and not kept in the
-- row: a sequence never goes back, so a version that was sent and then rolled back is not given out again. After a
-- restore to a point in time, set the sequence ahead of what has been sent (setval), or newer rows count as stale.
CREATE SEQUENCE user_profile_version AS bigint;

CREATE FUNCTION tell_sluice_of_user_profile() RETURNS trigger
    LANGUAGE plpgsql
AS $$
DECLARE
    changed user_profile;
BEGIN
    IF TG_OP = 'DELETE' THEN
        changed := OLD;
    ELSE
        changed := NEW;
    END IF;
    PERFORM aws_lambda.invoke(
        current_setting('sluice.user_data_function'),
        json_build_object(
            'v', 1,
            'op', lower(TG_OP),
            'account', current_setting('sluice.account'),
            'userId', changed.user_id,
            'version', nextval('user_profile_version'),
            -- Columns get the names that rules know as traits. A deleted row tells no more than that it is gone.
            'row', CASE WHEN TG_OP = 'DELETE' THEN NULL ELSE json_build_object(
                'deviceId', changed.device_id,
                'deviceOS', changed.device_os,
                'birthDate', changed.birth_date,
                'gender', changed.gender,
                'country', changed.country) END),
        NULL::text, -- the Region stands in the ARN
        'Event'); -- asynchronous: the application's transaction does not wait for Sluice and does not fail with it
    RETURN NULL;
END
$$;

-- Deferred to the end of the transaction: a statement that is rolled back calls nobody, and the version is drawn while
-- the row's lock is held, so versions of one row follow the order of the commits. What remains: a commit that fails
-- after the call has told Sluice of a row that does not exist, until that row changes again.
-- A changed user_id counts as a new person; the old one must be deleted by the application.
CREATE CONSTRAINT TRIGGER user_profile_to_sluice
    AFTER INSERT OR UPDATE OR DELETE ON user_profile
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION tell_sluice_of_user_profile();
