/** What a classifier keeps on its own machine's disk. Imports the heart and {@code java.nio}. */
@NullMarked
package dev.sluice.classifier.disk;

import org.jspecify.annotations.NullMarked;
