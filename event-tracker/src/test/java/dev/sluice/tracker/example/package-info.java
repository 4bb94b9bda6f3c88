/** The client that docs/API.md shows. It may import nothing but the JDK. */
@NullMarked
package dev.sluice.tracker.example;

import org.jspecify.annotations.NullMarked;
