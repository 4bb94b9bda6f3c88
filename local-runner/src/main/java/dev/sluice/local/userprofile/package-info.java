/**
 * The application's relational store on one machine: the user table with the product's own triggers in a real
 * PostgreSQL, and what Lambda does with the calls that the triggers make.
 *
 * <p>May use {@code servers}, {@code lambda} and the simulator's rows. Start with {@link
 * dev.sluice.local.userprofile.UserTable} and {@link dev.sluice.local.userprofile.RowChangeCarrier}.
 */
@NullMarked
package dev.sluice.local.userprofile;

import org.jspecify.annotations.NullMarked;
