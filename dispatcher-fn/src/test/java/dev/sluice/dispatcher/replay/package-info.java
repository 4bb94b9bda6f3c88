@NullMarked
package dev.sluice.dispatcher.replay;

import org.jspecify.annotations.NullMarked;
