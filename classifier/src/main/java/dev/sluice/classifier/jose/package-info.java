/**
 * Tokens as JSON Web Tokens, by Nimbus JOSE + JWT. May import the heart. Start with {@code NimbusPersonTokens}.
 */
@NullMarked
package dev.sluice.classifier.jose;

import org.jspecify.annotations.NullMarked;
