/**
 * The tracking API's description: an OpenAPI document, as it is and as a page. May import {@code web} and SnakeYAML. Start with
 * {@link dev.sluice.tracker.openapi.ApiDocument}.
 */
@NullMarked
package dev.sluice.tracker.openapi;

import org.jspecify.annotations.NullMarked;
