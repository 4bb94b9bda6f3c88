package dev.sluice.local.eventsource;

import dev.sluice.local.lambda.Invocable;
import dev.sluice.local.lambda.InvocationResult;
import dev.sluice.local.lambda.LambdaFunction;

/**
 * Where a mapping sends its batches.
 *
 * @param function what is invoked
 * @param functionArn its name in failure reports
 * @param failures where given-up batches go
 */
public record EventSourceTarget(Invocable function, String functionArn, FailureDestination failures) {
    public static EventSourceTarget of(LambdaFunction function, FailureDestination failures) {
        return new EventSourceTarget(function, function.arn(), failures);
    }

    /** The same; after each invocation something else happens too. */
    public EventSourceTarget then(Runnable after) {
        Invocable both = event -> {
            InvocationResult result = function.invoke(event);
            after.run();
            return result;
        };
        return new EventSourceTarget(both, functionArn, failures);
    }
}
