package io.jenkins.plugins.igny8.operation;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.ObjectMapper;

/** Turns results into what Jenkins can keep and a sandboxed script may read: maps, lists, strings, numbers, booleans. */
public final class Plain {

    private static final ObjectMapper MAPPER =
            new ObjectMapper().setSerializationInclusion(JsonInclude.Include.NON_NULL);

    private Plain() {}

    /** LinkedHashMap and ArrayList all the way down, keys as the record's components; what is null is left out. */
    public static Object of(Object result) {
        return MAPPER.convertValue(result, Object.class);
    }

    /** The way back, for a value that an earlier step kept. */
    public static <T> T as(Class<T> type, Object plain) {
        return MAPPER.convertValue(plain, type);
    }
}
