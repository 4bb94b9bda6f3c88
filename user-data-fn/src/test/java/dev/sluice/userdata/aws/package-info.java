/** Tests of the handler. */
@NullMarked
package dev.sluice.userdata.aws;

import org.jspecify.annotations.NullMarked;
