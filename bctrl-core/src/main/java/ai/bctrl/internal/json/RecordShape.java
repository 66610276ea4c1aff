package ai.bctrl.internal.json;

import ai.bctrl.model.WireUnion;
import ai.bctrl.model.WireVariant;
import ai.bctrl.model.WrittenAsNull;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What reflection tells about a record of the wire, asked once for each type. Immutable. */
final class RecordShape {
    static final String EXTRA = "extra";

    private static final ClassValue<RecordShape> SHAPES = new ClassValue<>() {
        @Override
        protected RecordShape computeValue(Class<?> type) {
            return new RecordShape(type);
        }
    };

    /** A component, without {@code extra}. */
    record Component(String name, Type type, boolean required, boolean writtenAsNull, Method accessor) {}

    private final Class<?> type;
    private final Constructor<?> constructor;
    private final List<Component> components;
    private final boolean hasExtra;
    private final @Nullable String tag;
    private final @Nullable String variant;

    private RecordShape(Class<?> type) {
        this.type = type;
        RecordComponent[] all = type.getRecordComponents();
        Class<?>[] signature = new Class<?>[all.length];
        List<Component> found = new ArrayList<>();
        for (int i = 0; i < all.length; i++) {
            RecordComponent component = all[i];
            signature[i] = component.getType();
            if (!component.getName().equals(EXTRA)) {
                found.add(new Component(
                        component.getName(),
                        component.getGenericType(),
                        !component.getAnnotatedType().isAnnotationPresent(Nullable.class),
                        component.isAnnotationPresent(WrittenAsNull.class),
                        component.getAccessor()));
            }
        }
        this.components = List.copyOf(found);
        this.hasExtra = found.size() < all.length;
        try {
            this.constructor = type.getDeclaredConstructor(signature);
        } catch (NoSuchMethodException impossible) {
            throw new LinkageError("no canonical constructor", impossible);
        }
        WireVariant marked = type.getAnnotation(WireVariant.class);
        this.variant = marked == null ? null : marked.value();
        this.tag = marked == null ? null : unionOf(type).tag();
    }

    static RecordShape of(Class<?> type) {
        return SHAPES.get(type);
    }

    private static WireUnion unionOf(Class<?> type) {
        for (Class<?> parent : type.getInterfaces()) {
            WireUnion union = parent.getAnnotation(WireUnion.class);
            if (union != null) {
                return union;
            }
        }
        throw new IllegalStateException(type + " is a @WireVariant of no @WireUnion");
    }

    List<Component> components() {
        return components;
    }

    boolean hasExtra() {
        return hasExtra;
    }

    /** The field that tells this variant of a union apart, or null if it is none. */
    @Nullable
    String tag() {
        return tag;
    }

    @Nullable
    String variant() {
        return variant;
    }

    Object create(List<@Nullable Object> values) {
        try {
            return constructor.newInstance(values.toArray());
        } catch (InvocationTargetException refused) {
            throw new IllegalArgumentException(refused.getCause());
        } catch (ReflectiveOperationException impossible) {
            throw new LinkageError("cannot create " + type, impossible);
        }
    }

    @Nullable
    Object value(Component component, Object record) {
        try {
            return component.accessor().invoke(record);
        } catch (ReflectiveOperationException impossible) {
            throw new LinkageError("cannot read " + component.name() + " of " + type, impossible);
        }
    }

    JsonObject extra(Object record) {
        try {
            Object extra = type.getDeclaredMethod(EXTRA).invoke(record);
            return extra instanceof JsonObject object ? object : new JsonObject();
        } catch (ReflectiveOperationException impossible) {
            throw new LinkageError("cannot read the extra of " + type, impossible);
        }
    }

    static boolean isNull(@Nullable JsonElement element) {
        return element == null || element.isJsonNull();
    }
}
