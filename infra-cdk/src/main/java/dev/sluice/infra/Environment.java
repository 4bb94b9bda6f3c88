package dev.sluice.infra;

import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One deployed copy of Sluice: the single value that every stack name, tag and placement derives from.
 *
 * @param stage what people call the copy, such as {@code prod}: 2 to 16 of a-z, 0-9 and hyphen, beginning with a letter
 * @param region an AWS Region, such as {@code eu-west-1}
 * @param account the 12 digits of an AWS account; null leaves it to the credentials at deployment
 */
record Environment(String stage, String region, @Nullable String account) {
    private static final Pattern STAGE = Pattern.compile("[a-z][a-z0-9-]{1,15}");
    private static final Pattern REGION = Pattern.compile("[a-z]{2}(-[a-z]+){1,3}-[0-9]");
    private static final Pattern ACCOUNT = Pattern.compile("[0-9]{12}");

    public Environment {
        require("stage", stage, STAGE);
        require("region", region, REGION);
        if (account != null) {
            require("account", account, ACCOUNT);
        }
    }

    private static void require(String name, String value, Pattern pattern) {
        if (!pattern.matcher(value).matches()) {
            throw new IllegalArgumentException(name + " '" + value + "' does not match " + pattern.pattern());
        }
    }

    /** The name of one of this copy's stacks, unique within an account and Region. */
    String stackName(String part) {
        return "sluice-" + stage + "-" + part;
    }

    /** What every resource carries, so that its cost and owner can be told. */
    Map<String, String> tags() {
        return Map.of("application", "sluice", "stage", stage);
    }

    software.amazon.awscdk.Environment placement() {
        return software.amazon.awscdk.Environment.builder()
                .region(region)
                .account(account)
                .build();
    }
}
