/**
 * Checks of the documentation: links lead somewhere, and what a page shows as a rule set or an event is one.
 *
 * <p>May import any module's public types. Start with {@link dev.sluice.docs.DocumentationTest}.
 */
@NullMarked
package dev.sluice.docs;

import org.jspecify.annotations.NullMarked;
