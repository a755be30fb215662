/**
 * An entity goes in, the objects of its clusters come out.
 *
 * <p>{@link dev.followspot.core.objects.DefaultObjectsProvider} is the objects provider that
 * extensions wrap: it asks all clusters at once, each with its own types, and keeps what happens in
 * one of them away from the others. {@link dev.followspot.core.objects.PodUsage} joins pods with
 * their metrics. {@link dev.followspot.core.objects.BackstageJson} and {@link
 * dev.followspot.core.objects.MatrixJson} write results.
 */
@NullMarked
package dev.followspot.core.objects;

import org.jspecify.annotations.NullMarked;
