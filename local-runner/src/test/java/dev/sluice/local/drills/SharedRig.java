package dev.sluice.local.drills;

import dev.sluice.local.servers.LocalServers;
import dev.sluice.local.servers.SharedServers;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives a drill the {@link Rig}, started once for the whole run. */
final class SharedRig implements ParameterResolver {
    private static final ExtensionContext.Namespace HERE = ExtensionContext.Namespace.create(SharedRig.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Rig.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        LocalServers servers = (LocalServers) new SharedServers().resolveParameter(parameter, context);
        return context.getRoot().getStore(HERE).computeIfAbsent(Rig.class, key -> Rig.start(servers), Rig.class);
    }
}
