/**
 * Who may do what over HTTP, as configuration says: the built-in ends of the chains of caller
 * authenticators, permission policies and audit sinks.
 */
@NullMarked
package dev.followspot.core.access;

import org.jspecify.annotations.NullMarked;
