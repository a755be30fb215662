/**
 * Loads extensions, and keeps what they do wrong away from everything else.
 *
 * <p>{@link dev.followspot.core.extension.Extensions} is the entry point. It is built from the
 * built-in factories, those that the application hands over, those of the class path and module
 * path, and those of a folder of plugins. Then it creates what the configuration names, and the
 * chains of extensions that wrap each other.
 *
 * <p>{@code Discovery} finds factories and {@code Door} checks them; what fails becomes a {@link
 * dev.followspot.core.extension.report.ProviderIssue}. {@code Selection} applies {@code
 * followspot.extensions}. {@code Chains} and {@code NamedExtensions} create extensions, each behind
 * a guard which turns whatever it throws into the value that its caller expects.
 */
@NullMarked
package dev.followspot.core.extension;

import org.jspecify.annotations.NullMarked;
