package dev.sluice.classifier.web;

import org.apache.tomcat.util.buf.EncodedSolidusHandling;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;

/**
 * What is not Spring's to say of the web server: a person's id may hold a slash, which then stands encoded in the path; and
 * every answer is JSON, that of Tomcat itself too.
 */
public final class TomcatSettings implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {
    @Override
    public void customize(TomcatServletWebServerFactory tomcat) {
        tomcat.addConnectorCustomizers(
                connector -> connector.setEncodedSolidusHandling(EncodedSolidusHandling.PASS_THROUGH.getValue()));
        tomcat.addContextCustomizers(
                context -> context.getParent().getPipeline().addValve(new JsonErrorValve()));
    }
}
