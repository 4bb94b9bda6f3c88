/** The classifier over HTTP. Imports the JDK's client and the heart. */
@NullMarked
package dev.sluice.dispatcher.web;

import org.jspecify.annotations.NullMarked;
