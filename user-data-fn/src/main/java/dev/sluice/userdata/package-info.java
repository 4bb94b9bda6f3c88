/**
 * The write-through of people's rows from the application's relational store: a {@link dev.sluice.userdata.RowChange} as
 * the database's trigger sends it becomes an event of the stream ({@link dev.sluice.userdata.ChangeEvents}) and, unless a
 * newer one has been, the person's row in {@code user:<id>:data} ({@link dev.sluice.userdata.ProfileRows}).
 *
 * <p>This package is the pure heart and its ports and imports {@code model} only; {@code aws} holds the Lambda handler
 * and the stream, {@code redis} the store; {@code src/main/sql} holds the table and its triggers. Start with {@code
 * WriteThrough}.
 */
@NullMarked
package dev.sluice.userdata;

import org.jspecify.annotations.NullMarked;
