/** A fetcher that looks in every namespace of a list. */
@NullMarked
package dev.followspot.fetcher.multinamespace;

import org.jspecify.annotations.NullMarked;
