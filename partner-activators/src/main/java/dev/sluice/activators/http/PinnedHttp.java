package dev.sluice.activators.http;

import dev.sluice.activators.Places;
import dev.sluice.activators.http.PartnerHttp.Exchange.Unanswered;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import org.apache.hc.core5.ssl.SSLContexts;

/**
 * Calls over connections that lead only to addresses that were judged. A connection is opened to the very addresses that
 * {@link EgressGuard} let through, found by one look-up, so a name that leads elsewhere a moment later changes nothing; a
 * connection that is used again still leads there. TLS checks the certificate against the name. Redirects, proxies,
 * cookies, retries and compressed answers are not followed, used, kept, made and asked for. Thread-safe.
 *
 * <p>Every call runs on a thread of its own, so that its time is bounded whatever it waits for: a look-up, the connection,
 * or a partner that sends one byte a second. Who calls takes one of the {@link #places} before, so that calls at one time are
 * bounded; a call that is given up keeps one until its thread has ended.
 */
public final class PinnedHttp implements PartnerHttp, AutoCloseable {
    private final EgressGuard guard;
    private final Places places;
    private final Calls https;
    private final Calls http;
    /** Of the platform, for a look-up that hangs in native code would hold up all virtual threads of a small machine. */
    private final ExecutorService threads = Executors.newCachedThreadPool(
            Thread.ofPlatform().daemon().name("partner-", 0).factory());

    PinnedHttp(EgressGuard guard, HttpLimits limits, SSLContext tls) {
        this.guard = guard;
        this.places = new Places(limits.atOnce());
        this.https = new Calls("https", guard, limits, tls);
        this.http = new Calls("http", guard, limits, tls);
    }

    /** With the JVM's resolver and trusted authorities. @param allowLoopback whether this machine may be called */
    public static PinnedHttp open(boolean allowLoopback) {
        return new PinnedHttp(
                new EgressGuard(allowLoopback, InetAddress::getAllByName),
                HttpLimits.DEFAULT,
                SSLContexts.createDefault());
    }

    /** What judges addresses: for whoever must say what is wrong with one before it is called. */
    public EgressGuard guard() {
        return guard;
    }

    /** Room for calls: one for each that is made, before it is made. */
    public Places places() {
        return places;
    }

    @Override
    public Exchange call(Request request, Duration within) {
        Optional<String> problem = guard.problem(request.uri());
        if (problem.isPresent()) {
            return new Unanswered("egress refused: " + problem.get(), false);
        }
        Calls calls = request.uri().getScheme().equals("https") ? https : http;
        return bounded(calls.prepare(request, within), within);
    }

    private Exchange bounded(Call call, Duration within) {
        CompletableFuture<Exchange> answer = CompletableFuture.supplyAsync(call::make, threads);
        try {
            return answer.get(within.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            giveUp(call, answer);
            return new Unanswered("no answer within " + within, call.wasSent());
        } catch (InterruptedException e) {
            giveUp(call, answer);
            Thread.currentThread().interrupt();
            return new Unanswered("interrupted", call.wasSent());
        } catch (ExecutionException e) {
            throw new IllegalStateException("a call failed in a way that no partner can cause", e.getCause());
        }
    }

    private void giveUp(Call call, CompletableFuture<Exchange> answer) {
        call.hangUp();
        places.givenUp();
        var unused = answer.whenComplete((any, failure) -> places.ended());
    }

    /** Hangs up on every call and gives connections back. */
    @Override
    public void close() {
        https.close();
        http.close();
        threads.shutdownNow();
    }
}
