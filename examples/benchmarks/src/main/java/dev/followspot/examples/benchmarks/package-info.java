/**
 * How fast Followspot is: {@link dev.followspot.examples.benchmarks.RigPeer} makes look-ups as an
 * application does, for a rig that runs other programs beside it, and {@code parts} has what it
 * consists of.
 */
@NullMarked
package dev.followspot.examples.benchmarks;

import org.jspecify.annotations.NullMarked;
