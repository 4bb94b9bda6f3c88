package dev.sluice.activators.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.ChainElement;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.impl.routing.DefaultRoutePlanner;
import org.apache.hc.client5.http.io.HttpClientConnectionManager;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.HostnameVerificationPolicy;
import org.apache.hc.client5.http.ssl.HttpsSupport;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.pool.PoolConcurrencyPolicy;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/** Calls of one scheme over connections of their own: whether an address may be called depends on the scheme. Thread-safe. */
final class Calls {
    /** A connection that has waited longer is looked at before it serves again: the partner may have closed it. */
    private static final TimeValue LOOKED_AT = TimeValue.ofMilliseconds(200);

    /**
     * Below the limit of a whole call, for a thread that hanging up did not end. A limit of the same length here would be the
     * first to end now and then, with another answer: it would take the head of an answer that stalls for the whole.
     */
    private static final Duration NET = Duration.ofSeconds(30);

    private final CloseableHttpClient client;
    private final HttpLimits limits;

    Calls(String scheme, EgressGuard guard, HttpLimits limits, SSLContext tls) {
        this.limits = limits;
        this.client = HttpClientBuilder.create()
                .setConnectionManager(connections(new Judged(scheme, guard, limits.addresses()), limits, tls))
                .setRoutePlanner(new DefaultRoutePlanner(null))
                .addExecInterceptorAfter(ChainElement.CONNECT.name(), "sent", Call::markSent)
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableConnectionState()
                .disableContentCompression()
                .setUserAgent("Sluice")
                .build();
    }

    /** @param within after which whoever waits for the call hangs up */
    Call prepare(PartnerHttp.Request request, Duration within) {
        Timeout time = Timeout.of(within.plus(NET).toMillis(), TimeUnit.MILLISECONDS);
        RequestConfig config = RequestConfig.custom()
                .setAuthenticationEnabled(false)
                .setConnectionKeepAlive(timeValue(limits.idle()))
                .setConnectionRequestTimeout(time)
                .setExpectContinueEnabled(false)
                .setProtocolUpgradeEnabled(false)
                .setRedirectsEnabled(false)
                .setResponseTimeout(time)
                .build();
        return new Call(client, request, config, limits.answerBytes());
    }

    void close() {
        client.close(CloseMode.IMMEDIATE);
    }

    private static HttpClientConnectionManager connections(DnsResolver judged, HttpLimits limits, SSLContext tls) {
        return PoolingHttpClientConnectionManagerBuilder.create()
                .setDnsResolver(judged)
                .setTlsSocketStrategy(new DefaultClientTlsStrategy(
                        tls, HostnameVerificationPolicy.BOTH, HttpsSupport.getDefaultHostnameVerifier()))
                .setPoolConcurrencyPolicy(PoolConcurrencyPolicy.STRICT)
                .setMaxConnPerRoute(limits.connections())
                .setMaxConnTotal(limits.connections())
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(Timeout.of(limits.connect()))
                        .setSocketTimeout(Timeout.of(limits.connect()))
                        .setTimeToLive(timeValue(limits.kept()))
                        .setValidateAfterInactivity(LOOKED_AT)
                        .build())
                .setConnectionFactory(ManagedHttpClientConnectionFactory.builder()
                        .http1Config(Http1Config.custom()
                                .setMaxLineLength(limits.headerLine())
                                .setMaxHeaderCount(limits.headers())
                                .setMaxEmptyLineCount(4)
                                .build())
                        .build())
                .build();
    }

    private static TimeValue timeValue(Duration duration) {
        return TimeValue.of(duration);
    }

    /** Gives the client nothing but judged addresses to connect to. */
    private record Judged(String scheme, EgressGuard guard, int most) implements DnsResolver {
        @Override
        public InetAddress[] resolve(String host) throws UnknownHostException {
            InetAddress[] addresses = guard.addresses(scheme, host);
            return addresses.length <= most ? addresses : Arrays.copyOf(addresses, most);
        }

        @Override
        public String resolveCanonicalHostname(String host) {
            return host;
        }
    }
}
