/** What tests of partners have in common: a server that judges what it gets, fixtures, and promises that all keep. */
@NullMarked
package dev.sluice.activators.audience;

import org.jspecify.annotations.NullMarked;
