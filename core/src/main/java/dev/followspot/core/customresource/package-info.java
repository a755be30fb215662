/**
 * Which custom resources are looked up besides the object types.
 *
 * <p>{@link dev.followspot.core.customresource.ConfiguredCustomResources} knows those of the
 * configuration: the global ones, or a cluster's own. {@link
 * dev.followspot.core.customresource.CustomResourceConfig} reads either list. Extensions wrap the
 * supplier to add what they find out.
 */
@NullMarked
package dev.followspot.core.customresource;

import org.jspecify.annotations.NullMarked;
