/** The contracts: interfaces that plugin jars implement, and the values they exchange. */
@NullMarked
package dev.followspot.spi;

import org.jspecify.annotations.NullMarked;
