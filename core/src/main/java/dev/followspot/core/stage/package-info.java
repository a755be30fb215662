/** What asynchronous code has in common. */
@NullMarked
package dev.followspot.core.stage;

import org.jspecify.annotations.NullMarked;
