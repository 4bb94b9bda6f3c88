/** Tests of what one machine keeps in files. */
@NullMarked
package dev.sluice.activators.files;

import org.jspecify.annotations.NullMarked;
