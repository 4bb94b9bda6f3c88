@NullMarked
package dev.sluice.dispatcher.schedule;

import org.jspecify.annotations.NullMarked;
