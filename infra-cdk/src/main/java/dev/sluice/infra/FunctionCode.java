package dev.sluice.infra;

import software.amazon.awscdk.services.lambda.Code;

/** Where the programs of functions come from. */
@FunctionalInterface
interface FunctionCode {
    /**
     * The jar of a module and the libraries that it needs, as Lambda unpacks them: {@code lib/*.jar}. Each stack asks once a
     * module.
     *
     * @throws IllegalStateException if the module is not built
     */
    Code of(String module);
}
