package dev.sluice.activators.http;

import dev.sluice.activators.http.PartnerHttp.Exchange.Answered;
import dev.sluice.activators.http.PartnerHttp.Exchange.Unanswered;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.io.Closer;

/** One call. {@link #make} runs once; {@link #hangUp} may come from another thread at any time. */
final class Call {
    private static final String SENT = "dev.sluice.sent";

    private final CloseableHttpClient client;
    private final HttpHost host;
    private final HttpUriRequestBase request;
    private final int answerBytes;
    private final AtomicBoolean sent = new AtomicBoolean();

    Call(CloseableHttpClient client, PartnerHttp.Request asked, RequestConfig config, int answerBytes) {
        this.client = client;
        this.answerBytes = answerBytes;
        this.host = HttpHost.create(asked.uri());
        this.request = new HttpUriRequestBase(asked.method(), asked.uri());
        request.setConfig(config);
        asked.headers().forEach(request::setHeader);
        if (asked.body().length > 0) {
            // Its content type is among the headers.
            request.setEntity(new ByteArrayEntity(asked.body(), null));
        }
    }

    /** Stands in the client's chain behind the connection: whatever fails from here on, the partner may have it. */
    static ClassicHttpResponse markSent(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException, HttpException {
        if (scope.clientContext.getAttribute(SENT) instanceof AtomicBoolean sent) {
            sent.set(true);
        }
        return chain.proceed(request, scope);
    }

    PartnerHttp.Exchange make() {
        HttpClientContext context = HttpClientContext.create();
        context.setAttribute(SENT, sent);
        try {
            ClassicHttpResponse response = client.executeOpen(host, request, context);
            try {
                return read(response);
            } finally {
                Closer.closeQuietly(response);
            }
        } catch (EgressGuard.RefusedException e) {
            return unanswered("egress refused: " + e.getMessage());
        } catch (UnknownHostException e) {
            return unanswered("the partner's name has no address");
        } catch (SSLException e) {
            return unanswered("no trusted TLS connection");
        } catch (ConnectException e) {
            return unanswered("no connection");
        } catch (SocketTimeoutException e) {
            return unanswered("no connection in time");
        } catch (IOException e) {
            return unanswered("no answer: " + e.getClass().getSimpleName());
        }
    }

    boolean wasSent() {
        return sent.get();
    }

    /** Closes the connection at once; {@link #make} then ends. */
    void hangUp() {
        request.abort();
    }

    private PartnerHttp.Exchange unanswered(String reason) {
        return new Unanswered(reason, sent.get());
    }

    private Answered read(ClassicHttpResponse response) {
        Map<String, String> headers = new TreeMap<>();
        for (Header header : response.getHeaders()) {
            headers.putIfAbsent(header.getName().toLowerCase(Locale.ROOT), String.valueOf(header.getValue()));
        }
        byte[] body = new byte[0];
        boolean whole = true;
        HttpEntity entity = response.getEntity();
        if (entity != null) {
            try (InputStream in = entity.getContent()) {
                body = in.readNBytes(answerBytes);
                whole = in.read() < 0;
                if (!whole) {
                    // Before the stream is closed, for closing would read on to its end.
                    hangUp();
                }
            } catch (IOException e) {
                whole = false;
            }
        }
        return new Answered(response.getCode(), headers, body, whole);
    }
}
