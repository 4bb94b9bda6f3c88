package dev.sluice.activators.webhook;

import dev.sluice.activators.Environment;
import java.net.URI;
import java.nio.file.Path;

/**
 * What the webhook activator must be told.
 *
 * @param address that receives the POSTs ({@code SLUICE_WEBHOOK_URL})
 * @param secretFile file that holds the signing secret, {@code whsec_…} ({@code SLUICE_WEBHOOK_SECRET_FILE})
 * @param allowLoopback whether plain http to this machine is let through ({@code SLUICE_WEBHOOK_ALLOW_LOOPBACK}, false
 *     if not set): on one machine only
 * @param lakeBucket S3 bucket for what it sets aside ({@code SLUICE_LAKE_BUCKET})
 * @param s3PathStyle whether the bucket's name goes into the path ({@code SLUICE_S3_PATH_STYLE}, false if not set)
 */
public record WebhookConfig(
        URI address, Path secretFile, boolean allowLoopback, String lakeBucket, boolean s3PathStyle) {
    /** @throws IllegalArgumentException naming the variable that is missing or wrong */
    public static WebhookConfig of(Environment environment) {
        return new WebhookConfig(
                address(environment.required("SLUICE_WEBHOOK_URL")),
                Path.of(environment.required("SLUICE_WEBHOOK_SECRET_FILE")),
                environment.flag("SLUICE_WEBHOOK_ALLOW_LOOPBACK"),
                environment.required("SLUICE_LAKE_BUCKET"),
                environment.flag("SLUICE_S3_PATH_STYLE"));
    }

    /** An address may carry a token in its path or query, so no message repeats it. */
    private static URI address(String text) {
        try {
            return URI.create(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("SLUICE_WEBHOOK_URL is not an address");
        }
    }
}
