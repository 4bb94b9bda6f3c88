/** Tests of the table and its triggers against a real PostgreSQL. */
@NullMarked
package dev.sluice.userdata.sql;

import org.jspecify.annotations.NullMarked;
