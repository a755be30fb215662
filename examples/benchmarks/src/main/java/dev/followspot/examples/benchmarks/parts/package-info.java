/**
 * What single parts of a look-up cost, without network and clusters: benchmarks for JMH. Each fails
 * if what it measures gives a wrong result.
 */
@NullMarked
package dev.followspot.examples.benchmarks.parts;

import org.jspecify.annotations.NullMarked;
