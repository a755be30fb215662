/** The entry point of the engine. */
@NullMarked
package dev.followspot.core;

import org.jspecify.annotations.NullMarked;
