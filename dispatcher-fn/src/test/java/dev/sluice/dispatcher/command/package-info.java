@NullMarked
package dev.sluice.dispatcher.command;

import org.jspecify.annotations.NullMarked;
