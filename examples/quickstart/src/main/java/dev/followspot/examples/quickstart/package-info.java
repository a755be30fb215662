/** The smallest program that uses Followspot. */
@NullMarked
package dev.followspot.examples.quickstart;

import org.jspecify.annotations.NullMarked;
