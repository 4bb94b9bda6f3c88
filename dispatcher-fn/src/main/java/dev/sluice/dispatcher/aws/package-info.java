/** S3 and Lambda: the handler, where it is wired, and the stores. Imports the SDK and the heart. */
@NullMarked
package dev.sluice.dispatcher.aws;

import org.jspecify.annotations.NullMarked;
