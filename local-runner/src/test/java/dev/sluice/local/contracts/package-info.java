/** Contract suites of the programs' ports, run against the servers of one machine. */
@NullMarked
package dev.sluice.local.contracts;

import org.jspecify.annotations.NullMarked;
