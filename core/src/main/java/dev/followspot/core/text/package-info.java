/** What messages show of texts that somebody else wrote. */
@NullMarked
package dev.followspot.core.text;

import org.jspecify.annotations.NullMarked;
