package dev.sluice.local.lambda;

import com.amazonaws.services.lambda.runtime.api.client.AWSLambda;
import dev.sluice.local.servers.ServerFailure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * The native half of AWS's runtime interface client. By itself each process unpacks it to one and the same file of the
 * machine's temporary folder, and two that start at once crash each other; so each gets a copy of its own.
 */
final class NativeRuntime {
    private static final String PROPERTY =
            "com.amazonaws.services.lambda.runtime.api.client.runtimeapi.NativeClient.JNI";

    private NativeRuntime() {}

    /** Copies it to a file and returns the JVM flag that makes the client load that file. */
    static String flagFor(Path file) {
        String architecture = System.getProperty("os.arch").equals("aarch64") ? "aarch_64" : "x86_64";
        String resource = "/jni/libaws-lambda-jni.linux-" + architecture + ".so";
        try (InputStream library = AWSLambda.class.getResourceAsStream(resource)) {
            if (library == null) {
                throw new ServerFailure("the runtime interface client has no " + resource);
            }
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.copy(library, file, StandardCopyOption.REPLACE_EXISTING);
            return "-D" + PROPERTY + "=" + file.toAbsolutePath();
        } catch (IOException failed) {
            throw new ServerFailure("the native runtime cannot be unpacked to " + file, failed);
        }
    }
}
