-- Takes the place of Aurora's extension aws_lambda, with its signature. A call is a row that is there once its
-- transaction commits; while aws_lambda.outage is set, calls fail as they do when Lambda cannot be reached.
CREATE SCHEMA aws_lambda;

CREATE TABLE aws_lambda.calls (
    id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    function_name   text NOT NULL,
    payload         json NOT NULL,
    region          text,
    invocation_type text NOT NULL,
    transaction     xid8 NOT NULL DEFAULT pg_current_xact_id()
);

-- Counts those that failed, too: what is drawn from a sequence is not rolled back.
CREATE SEQUENCE aws_lambda.attempts;

CREATE FUNCTION aws_lambda.take(function_name text, payload json, region text, invocation_type text) RETURNS int
    LANGUAGE plpgsql
AS $$
BEGIN
    PERFORM nextval('aws_lambda.attempts');
    IF current_setting('aws_lambda.outage', true) = 'on' THEN
        RAISE EXCEPTION 'failed to connect';
    END IF;
    INSERT INTO aws_lambda.calls (function_name, payload, region, invocation_type) VALUES ($1, $2, $3, $4);
    RETURN 202;
END
$$;

CREATE FUNCTION aws_lambda.invoke(
    function_name text,
    payload json,
    region text DEFAULT NULL,
    invocation_type text DEFAULT 'RequestResponse',
    log_type text DEFAULT 'None',
    context json DEFAULT NULL,
    qualifier varchar(128) DEFAULT NULL,
    OUT status_code int,
    OUT payload json,
    OUT executed_version text,
    OUT log_result text)
    LANGUAGE sql
AS $$
    SELECT aws_lambda.take($1, $2, $3, $4), NULL::json, NULL::text, NULL::text
$$;
