"""Redis as a cache that every page can do without."""

import logging
from functools import wraps
from time import monotonic

from django.core.cache.backends.redis import RedisCache, RedisCacheClient
from redis.exceptions import RedisError

log = logging.getLogger(__name__)
PAUSE_SECONDS = 10


class Outage:
    """Whether Redis is away: shared by all threads of a process, so that one that hangs costs one time-out a pause."""

    def __init__(self):
        self.ask_again_at, self.is_told = 0.0, False

    def is_on(self) -> bool:
        return monotonic() < self.ask_again_at

    def begin(self, error: RedisError) -> None:
        if not self.is_told:
            log.warning("the cache does not answer; the site goes on without it: %s", error)
        self.ask_again_at, self.is_told = monotonic() + PAUSE_SECONDS, True

    def end(self) -> None:
        if self.is_told:
            log.info("the cache answers again")
            self.is_told = False


outage = Outage()


def optional(operation, missed=lambda *args: None):
    """The same operation of the client, which gives `missed(*args)` where Redis does not answer."""

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


def no(*args) -> bool:
    return False


def missing(key, *args):
    raise ValueError(f"Key {key!r} not found.")  # as Django's caches say it


class OptionalClient(RedisCacheClient):
    add = optional(RedisCacheClient.add, no)
    get = optional(RedisCacheClient.get, lambda key, default: default)
    set = optional(RedisCacheClient.set)
    touch = optional(RedisCacheClient.touch, no)
    delete = optional(RedisCacheClient.delete, no)
    get_many = optional(RedisCacheClient.get_many, lambda keys: {})
    has_key = optional(RedisCacheClient.has_key, no)
    incr = optional(RedisCacheClient.incr, missing)
    set_many = optional(RedisCacheClient.set_many)
    delete_many = optional(RedisCacheClient.delete_many)
    clear = optional(RedisCacheClient.clear, no)


class OptionalRedisCache(RedisCache):
    """While Redis does not answer nothing is found and nothing is kept; nobody sees an error."""

    def __init__(self, server, params):
        super().__init__(server, params)
        self._class = OptionalClient
