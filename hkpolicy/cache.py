"""A Redis cache backend that every page can do without."""

import logging
from functools import wraps
from time import monotonic

from django.core.cache.backends.redis import RedisCache, RedisCacheClient
from redis.exceptions import RedisError

log = logging.getLogger(__name__)
CACHE_RETRY_SECONDS = 10


class CacheOutage:
    """Remembers that Redis does not answer.

    It is shared by all threads of a process, so that a hanging Redis costs one time-out per pause, not one per request.
    """

    def __init__(self):
        self.retry_at, self.is_logged = 0.0, False

    def is_on(self) -> bool:
        """Return True until the pause after the last error is over."""
        return monotonic() < self.retry_at

    def begin(self, error: RedisError) -> None:
        """Start a pause in which Redis is not asked; log only the first error of an outage."""
        if not self.is_logged:
            log.warning("the cache does not answer; the site goes on without it: %s", error)
        self.retry_at, self.is_logged = monotonic() + CACHE_RETRY_SECONDS, True

    def end(self) -> None:
        """Note that Redis answers again; log it if the outage was logged."""
        if self.is_logged:
            log.info("the cache answers again")
            self.is_logged = False


outage = CacheOutage()


def make_optional(operation, missed=lambda *args: None):
    """Wrap a client operation so that it returns `missed(*args)` while Redis does not answer."""

    @wraps(operation)
    def tried(client, *args):
        if outage.is_on():
            return missed(*args)
        try:
            answer = operation(client, *args)
        except RedisError as error:
            outage.begin(error)
            return missed(*args)
        outage.end()
        return answer

    return tried


def return_false(*args) -> bool:
    return False


def raise_missing_key(key, *args):
    """Raise the ValueError that Django's caches raise from incr() when the key does not exist."""
    raise ValueError(f"Key {key!r} not found.")  # the message of Django's own caches


class OptionalRedisClient(RedisCacheClient):
    """Redis client whose operations return what an empty cache would while Redis does not answer."""

    add = make_optional(RedisCacheClient.add, return_false)
    get = make_optional(RedisCacheClient.get, lambda key, default: default)
    set = make_optional(RedisCacheClient.set)
    touch = make_optional(RedisCacheClient.touch, return_false)
    delete = make_optional(RedisCacheClient.delete, return_false)
    get_many = make_optional(RedisCacheClient.get_many, lambda keys: {})
    has_key = make_optional(RedisCacheClient.has_key, return_false)
    incr = make_optional(RedisCacheClient.incr, raise_missing_key)
    set_many = make_optional(RedisCacheClient.set_many)
    delete_many = make_optional(RedisCacheClient.delete_many)
    clear = make_optional(RedisCacheClient.clear, return_false)


class OptionalRedisCache(RedisCache):
    """A Redis cache that acts as an empty one while Redis does not answer: finds and stores nothing, raises nothing."""

    def __init__(self, server, params):
        super().__init__(server, params)
        self._class = OptionalRedisClient
