/**
 * The write-through of people's rows from the application's relational store into {@code user:<id>:data}: a {@link
 * dev.sluice.userdata.RowChange} as the database's trigger sends it, applied to {@link dev.sluice.userdata.ProfileRows}
 * unless a newer one has been.
 *
 * <p>This package is the pure heart and its port and imports {@code model} only; {@code aws} holds the Lambda handler,
 * {@code redis} the store. Start with {@code RowChange}.
 */
@NullMarked
package dev.sluice.userdata;

import org.jspecify.annotations.NullMarked;
