/** Tests of the AWS edge: the real SDK clients against {@code FakeAws}, the handler against Lambda's own JSON. */
@NullMarked
package dev.sluice.activators.aws;

import org.jspecify.annotations.NullMarked;
