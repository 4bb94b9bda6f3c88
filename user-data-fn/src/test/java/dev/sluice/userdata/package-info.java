/** Tests of the heart, and the contract of its port. Start with {@code ProfileRowsContract}. */
@NullMarked
package dev.sluice.userdata;

import org.jspecify.annotations.NullMarked;
