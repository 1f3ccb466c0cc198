// `tresen/react`: the elements as React components, for React 18 and later, on a server too.
//
// What is more than a text is set as a property: React 18 knows no properties of custom elements. An element is defined in the browser, when the
// first of its components is there. Who draws components on a server and hands them to the browser (Next's app router) reads in the first line that
// these are for both.

'use client';

import { createContext, createElement, forwardRef, useContext, useEffect, useImperativeHandle, useMemo, useRef, useState } from 'react';
import { attributesOf, hear, LOADERS, PROPERTIES, said } from './components.js';

const Shop = createContext({ settings: {}, checkout: null, methods: [] });

/** What all elements below it share: the publishable key, the address of the service, the language. */
export function TresenProvider({ children, ...settings }) {
  const [checkout, setCheckout] = useState(null);
  const [methods, setMethods] = useState([]);
  const value = useMemo(() => ({ settings, checkout, methods, setCheckout, setMethods }), [said(settings), checkout, methods]);
  return createElement(Shop.Provider, { value }, children);
}

/** An element with what it is given, its own before the provider's, and what it tells by the names of its handlers. */
function useElement(kind, props, ref, told) {
  const element = useRef(null);
  const given = { ...useContext(Shop).settings, ...props };
  useImperativeHandle(ref, () => element.current, []);
  const newest = useRef(told);
  newest.current = told;
  useEffect(() => hear(element.current, kind, (name, event) => newest.current(name, event)), [kind]);
  useEffect(() => {
    for (const name of PROPERTIES[kind]) if (given[name] !== undefined) element.current[name] = given[name];
  }, [kind, ...PROPERTIES[kind].map((name) => said(given[name]))]);
  useEffect(() => {
    // Where it cannot be loaded the page keeps what stands inside the element.
    LOADERS[kind]().catch(() => {});
  }, [kind]);
  return createElement(`tresen-${kind}`, { ...attributesOf(kind, given), ref: element, class: props.className, style: props.style, id: props.id }, props.children);
}

const HANDLERS = { ready: 'onReady', change: 'onChange', select: 'onSelect', submit: 'onSubmit', review: 'onReview', unavailable: 'onUnavailable', account: 'onAccount' };

const handle = (props, name, event) => props[HANDLERS[name]]?.(event.detail, event);

/** `<tresen-checkout>`. What `onSubmit` returns, the answer of the shop's own server or a promise of it, is handed in. */
export const TresenCheckout = forwardRef(function TresenCheckout(props, ref) {
  const { setCheckout, setMethods } = useContext(Shop);
  const own = useRef(null);
  useImperativeHandle(ref, () => own.current, []);
  useEffect(() => {
    setCheckout?.(own.current);
    return () => {
      setCheckout?.(null);
      setMethods?.([]);
    };
  }, [setCheckout, setMethods]);
  return useElement('checkout', props, own, (name, event) => {
    const answer = handle(props, name, event);
    if (name === 'submit' && answer !== undefined) event.detail.respondWith(answer);
    if (name === 'ready' || name === 'change') setMethods?.(event.detail.methods);
  });
});

/** `<tresen-account>`. Its children are shown until it is there, and stay where it cannot run. */
export const TresenAccount = forwardRef(function TresenAccount(props, ref) {
  return useElement('account', props, ref, (name, event) => handle(props, name, event));
});

/** `<tresen-hint>`: one line on a product or cart page */
export const TresenHint = forwardRef(function TresenHint(props, ref) {
  return useElement('hint', props, ref, () => {});
});

/** The checkout below the same provider once it is there, and `order()`, which places the order as its button does. */
export function useTresen() {
  const { checkout } = useContext(Shop);
  return { checkout, order: () => checkout?.order?.() ?? false };
}

/** The methods as the checkout below the same provider has decided last; none before it has. */
export const useMethods = () => useContext(Shop).methods;
