/** The one bounded engine that every call to an API server goes through. */
@NullMarked
package dev.followspot.core.http;

import org.jspecify.annotations.NullMarked;
