/**
 * Drills of the way to partners: the activations stream, the functions in processes of their own, DynamoDB Local and servers
 * that behave as partners do. Start with {@code ActivationRig}.
 */
@NullMarked
package dev.sluice.local.activation;

import org.jspecify.annotations.NullMarked;
